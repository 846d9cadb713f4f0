/** What the server of a large database is given: the memory of a machine of its size. */
export const SETTINGS = [
  'shared_buffers=2GB',
  'effective_cache_size=8GB',
  'maintenance_work_mem=256MB',
  'max_wal_size=8GB',
  'checkpoint_timeout=15min',
]
