// farpage serve: a server that pages virtual machines' memory from an image. See docs/serve.md.
export type { ServeOptions } from './options.js';
export type { ServeReport, SessionReport } from './report.js';
export { type Serving, serve } from './server.js';
