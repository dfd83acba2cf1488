// farpage serve, and farpage migrate receive: a server that pages virtual machines' memory from an image. See docs/serve.md.
export { type ArrivalOptions, serveArrival } from './arrival.js';
export type { ServeOptions } from './options.js';
export type { ServeReport, SessionReport } from './report.js';
export { type Serving, serve } from './server.js';
