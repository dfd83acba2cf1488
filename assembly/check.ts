// Assertions stay on in release builds: a broken invariant ends the loop, with what was expected and where.

/** Stops the core unless `holds`. */
// @ts-ignore: decorator
@inline
export function check(holds: bool, what: string): void {
  if (!holds) abort(what);
}
