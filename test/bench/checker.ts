import { explore } from '#checker/explore.ts';
import type { Formula } from '#checker/formula.ts';
import { judge } from '#checker/judge.ts';
import { twoPhaseCommit } from '../checker/commit.ts';

// What the checker costs on two-phase commit. Not a test: run it by hand on a quiet machine,
//   npx vite-node --config vitest.config.ts test/bench/checker.ts [managers]
const managers = Number(process.argv[2] ?? 9);
const now = () => performance.now();
const system = twoPhaseCommit(managers);
const decision = 3 * managers + 1;

report('parents only', measure(false));
const withEdges = report('edges kept', measure(true));
const edges = withEdges.edges();
if (edges)
  line('bytes an edge', (edges.rows.byteLength + edges.targets.byteLength + edges.labels.byteLength) / edges.count);

const undecided = { participants: [decision], holds: ([word]: readonly number[]) => word === 0 };
const decided = { participants: [decision], holds: ([word]: readonly number[]) => word !== 0 };
const formulas: Formula[] = [
  { kind: 'always', name: 'always', holds: { participants: [decision], holds: ([word]) => word !== 3 } },
  { kind: 'possible', name: 'possible', goal: decided },
  { kind: 'leadsTo', name: 'leads to', from: undecided, to: decided, stays: false, forGood: false },
  { kind: 'leadsTo', name: 'leads to, staying', from: undecided, to: decided, stays: true, forGood: false },
  { kind: 'bound', name: 'bound', counted: new Set([2]), ticks: new Set([1]) },
];
for (const formula of formulas) {
  const start = now();
  const [answer] = judge(withEdges, [formula]);
  line(`${formula.name}: ${answer?.verdict}, ms`, now() - start);
}

function measure(edges: boolean) {
  const start = now();
  const exploration = explore(system, { edges });
  return { exploration, ms: now() - start };
}

function report(title: string, { exploration, ms }: ReturnType<typeof measure>) {
  line(`${title}: states`, exploration.states);
  line('  transitions', exploration.transitions);
  line('  ms', ms);
  line('  states/s', (exploration.states / ms) * 1000);
  line('  bytes/state', exploration.bytes / exploration.states);
  line('  resident MiB', process.memoryUsage.rss() / 2 ** 20);
  return exploration;
}

function line(what: string, value: number): void {
  console.log(`${what}: ${Math.round(value * 10) / 10}`);
}
