// The live views of one pager.
import type { SharedRegion } from '../dsm/region.js';
import { checkOptions } from '../known-options.js';
import { type LiveOptions, type LiveView, openLiveView } from '../live/server.js';
import type { LiveCore } from '../live/source.js';

const OPTIONS = { host: 'checked', port: 'checked' } as const;

export class LiveViews {
  readonly #open = new Set<LiveView>();
  #closed = false;

  /**
   * @param core the pager's, which changes when its loop restarts
   * @param joined the shared regions that are open
   */
  async add(core: () => LiveCore, joined: ReadonlySet<SharedRegion>, options?: LiveOptions): Promise<LiveView> {
    checkOptions('live', options, OPTIONS);
    const shared = () => [...joined].map((one) => ({ name: one.name, node: one.node, ...one.stats() }));
    const view = await openLiveView({ title: 'farpage', cores: () => [core()], shared }, options);
    this.#open.add(view);
    if (this.#closed) await view.close();
    return view;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open].map((view) => view.close()));
  }
}
