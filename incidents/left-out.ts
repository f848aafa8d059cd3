import type { LeftOut } from './incident.ts';

/** The incidents that are not reproduced: which mechanism the model leaves out, and why. */
export const leftOut: readonly LeftOut[] = [
  {
    key: 'N15',
    name: 'drain-never-ends',
    because: 'the end of a drain: a drain here is a beginning, and nothing of the release path waits for its end',
  },
  {
    key: 'N19',
    name: 'ctrl-on-ineligible-node',
    because: 'eligibility, and a choice among several controllers: a plugin here has one controller or none',
  },
  {
    key: 'N21',
    name: 'drain-unpublish-not-retried',
    because: 'nothing more is known of it than an error that is not retried: version and later steps are not visible',
  },
  {
    key: 'N23',
    name: 'unpublish-wrong-ids',
    because: 'the names that a call carries: a call here reaches whom it is meant for',
  },
  {
    key: 'N25',
    name: 'provider-locked-after-client-failure',
    because: 'a lock within the provider that expires by itself; a call that fails once is N12',
  },
  {
    key: 'N29',
    name: 'stage-unstage-interleaving',
    because: 'staging as a step of its own: unmounting the last user unstages in one step here',
  },
  {
    key: 'N30',
    name: 'usage-count-lost-on-restart',
    because: "the client's count of users in memory: a host here knows who has mounted",
  },
  {
    key: 'N31',
    name: 'agent-restart-loses-owner',
    because: 'the order in which a restarted agent restores allocations and plugins: here a restart restores both',
  },
  { key: 'N32', name: 'namespace-collision-in-staging', because: 'namespaces: names of volumes are unique here' },
  { key: 'N33', name: 'prefix-id-hits-wrong-volume', because: 'lookups by prefix: names are compared whole here' },
  {
    key: 'N35',
    name: 'read-erases-secrets',
    because: 'secrets, and what a call does without them: no rule of the release path reads them',
  },
  {
    key: 'N37',
    name: 'claim-retry-without-identity',
    because:
      'a restored snapshot, which takes the store back and leaves the world as it is; no promise is about a log that grows',
  },
  {
    key: 'N38',
    name: 'multi-writer-counted-as-single',
    because: 'an admission that is too strict: no promise is about claims that are refused',
  },
  {
    key: 'N41',
    name: 'job-purge-blocked-by-missing-plugin',
    because: "jobs: an allocation here has no job's row that could fail to go",
  },
  {
    key: 'N45',
    name: 'blocked-eval-not-woken',
    because: 'placement: an allocation here is placed already, and waits for its claim only',
  },
  {
    key: 'N46',
    name: 'plugin-health-counts-wrong',
    because: 'counts of healthy and expected plugins: a plugin here is registered, unhealthy or gone',
  },
  {
    key: 'N47',
    name: 'host-volume-claims',
    because: 'host volumes: they have no controller, no claim in the store and no watcher',
  },
  {
    key: 'K10',
    name: 'detach-error-then-reuse',
    because:
      'a volume that is uncertain, neither attached nor detached, which is what fixed it: an attachment here is one or the other',
  },
  {
    key: 'K12',
    name: 'duplicate-unpublish',
    because:
      'a cache that shows the first of two writes and not the second: whoever reads here reads the store as it is',
  },
];
