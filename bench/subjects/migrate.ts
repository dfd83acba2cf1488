// A region that nobody uses, from its process to this one. The clock is the source's, around `migrate`.
import { createPager } from '../../src/index.js';
import * as side from './common.js';
import { arrive, wrongIn } from './migration.js';

const pager = await createPager();
const arrived = await arrive(pager);
const report = await arrived.complete;
const { began, ended, report: sent, notices } = await arrived.moved;
const wrong = (await wrongIn(arrived)) + (report.pages >= side.integer('pages') ? 0 : 1);
side.answer({ subject: 'migrate', seconds: (ended - began) / 1000, wrong, sent, report, notices });
await pager.close();
