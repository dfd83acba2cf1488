// `farpage criu`: restores of CRIU, served lazily; and `farpage criu page-server`.
export { type CriuOptions, checkCriu } from './options.js';
export { checkPageServing, type PageServerOptions, type PageServingReport, servePages } from './page-server.js';
export type { CriuReport, RestoreReport, TaskReport } from './report.js';
export { type Serving, serveRestores } from './server.js';
export { type ThinOptions, type ThinReport, thinCheckpoint } from './thin.js';
export { checkUpload, type UploadOptions, type UploadReport, uploadCheckpoint } from './upload.js';
