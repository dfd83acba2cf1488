// The public API: everything that `import 'farpage'` offers, and nothing else.
export { statsSince } from './core/difference.js';
export type { DsmStats } from './core/dsm-stats.js';
export type { CountedTimes, PagerHistogram } from './core/histogram.js';
export type { PagerStats, RegionStats } from './core/stats.js';
export type {
  JoinOptions,
  SharedRange,
  SharedRegion,
  SharedRegionEvents,
  SharedRegionStats,
} from './dsm/region.js';
export type { SharedSnapshotOptions, SharedSnapshotReport } from './dsm/shared-snapshot.js';
export type { SignalOptions } from './ended.js';
export { PagerError, type PagerErrorCode, type PagerErrorDetails } from './errors.js';
export { snapshotStore } from './image/store.js';
export type { NoOptions } from './known-options.js';
export type { LiveOptions, LiveView } from './live/server.js';
export type { MetricRegister } from './metrics/register.js';
export type { ReceiveReport, SendProgress, SendReport } from './migrate/types.js';
export type { CoreHost, FaultServer, PagerOptions } from './options.js';
export { type AttachedRegion, attachRegion } from './pager/attach.js';
export type { ChannelSum, EvictMessage, FaultMessage, PassMessage, StoreMessage } from './pager/channels.js';
export type { HistogramName } from './pager/histograms.js';
export { registerMetrics } from './pager/metrics.js';
export type { MigrateOptions, MigrateProgress, MigrateReport } from './pager/migrate.js';
export { createPager } from './pager/pager.js';
export type {
  MapOptions,
  PageLostEvent,
  Pager,
  PagerEvents,
  StoreErrorEvent,
  StoreRecoveredEvent,
} from './pager/pager-api.js';
export type { Pin } from './pager/pin.js';
export { type Capabilities, probe } from './pager/probe.js';
export {
  type ReceivedRegion,
  type ReceiveOptions,
  receiveRegion,
} from './pager/receive.js';
export type { LoadOptions, Region, RegionEvents } from './pager/region-api.js';
export { type Share, shareRegion } from './pager/share.js';
export type { SnapshotOptions, SnapshotReport } from './pager/snapshot.js';
export type { ThreadFaults } from './pager/thread-faults.js';
export type { FaultTracker, TrackedFaults, TrackedStack, TrackOptions } from './pager/track-faults.js';
export type { ByteRange, Regenerate, VolatileOptions } from './pager/volatile.js';
export { type FileOptions, fileStore } from './store/file.js';
export { httpStore } from './store/http.js';
export { memoryStore } from './store/memory.js';
export { moduleStore } from './store/module.js';
export { openStore } from './store/open.js';
export { redisStore } from './store/redis.js';
export type { BuiltInStore, PageRead, PageWrite, Store } from './store/store.js';
export type { TlsFiles } from './tls-files.js';
export type { Size } from './units.js';
export type { WarningCode } from './warn.js';
