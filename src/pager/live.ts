// The live views of one pager.
import { checkOptions } from '../known-options.js';
import { type LiveOptions, type LiveView, openLiveView } from '../live/server.js';
import type { LiveCore } from '../live/source.js';

const OPTIONS = { host: 'checked', port: 'checked' } as const;

export class LiveViews {
  readonly #open = new Set<LiveView>();
  #closed = false;

  /** @param core the pager's, which changes when its loop restarts */
  async add(core: () => LiveCore, options: LiveOptions | undefined): Promise<LiveView> {
    checkOptions('live', options, OPTIONS);
    const view = await openLiveView({ title: 'farpage', cores: () => [core()] }, options);
    this.#open.add(view);
    if (this.#closed) await view.close();
    return view;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open].map((view) => view.close()));
  }
}
