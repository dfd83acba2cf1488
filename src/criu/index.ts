// `farpage criu`: restores of CRIU, served lazily.
export { type CriuOptions, checkCriu } from './options.js';
export type { CriuReport, RestoreReport, TaskReport } from './report.js';
export { type Serving, serveRestores } from './server.js';
