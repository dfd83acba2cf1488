// What a node of a shared region counts, as its user and a live view see it.

export interface DsmStats {
  /** Pages received to be read, and to be written. */
  reads: number;
  grants: number;
  /** Pages that the home fetched from this node, and copies that it took away. */
  recalls: number;
  invalidations: number;
  /** How often another node asked for a page that this node owned. */
  handOffs: number;
  /** How often the lease was about to end. */
  freezes: number;
  /** Written pages sent to the home without being asked for. */
  puts: number;
  /** Pages that left because of the resident limit. */
  evictions: number;
  /** The pages with the most hand-offs, the worst first: other nodes use what this one writes (false sharing?). */
  contended: Array<{ page: number; handOffs: number }>;
}
