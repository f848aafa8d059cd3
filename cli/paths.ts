import { type Command, Option } from 'commander';
import { defaultDesigns } from '#models/designs/design.ts';
import { InputError } from '#models/input.ts';
import { renderAldebaran } from '#report/aldebaran.ts';
import { renderDot } from '#report/dot.ts';
import { renderGraphml } from '#report/graphml.ts';
import { renderPathList } from '#report/path-list.ts';
import { drawChart, drawGraph, type Picture } from '#report/picture.ts';
import { renderStateDiagram } from '#report/state-diagram.ts';
import { renderSvg } from '#report/svg.ts';
import { faultsInWords, grouped } from '#report/words.ts';
import { hand } from './delivery.ts';
import { checkWritable } from './disk.ts';
import { exits } from './failure.ts';
import { givenDesign, givenScope } from './given.ts';
import { whole } from './judging-options.ts';
import { findPaths, type PathsFound } from './pathing.ts';
import { followLines } from './progress.ts';
import type { Stage } from './stage.ts';
import { findTable, tableScopes } from './tabling.ts';

const formats = ['text', 'json', 'mermaid', 'dot', 'svg', 'graphml', 'aut'] as const;
const shapes = ['paths', 'chart', 'graph', 'table-tests'] as const;
const kinds = ['shortest', 'simple'] as const;

type Format = (typeof formats)[number];

interface PathsOptions {
  readonly kind?: (typeof kinds)[number];
  readonly cover?: 'transitions';
  readonly as?: (typeof shapes)[number];
  readonly format?: Format;
  readonly json?: true;
  readonly project?: string;
  readonly limit?: number;
  readonly design: string;
  readonly scope?: string;
  readonly faults?: number;
  readonly out?: string;
}

/** More boxes than this are no picture, and laying them out takes minutes. */
const boxesMax = 400;

/** `paths`: path graphs of a machine or of the whole system. */
export function addPaths(program: Command, stage: Stage, end: (code: number) => void): void {
  program
    .command('paths')
    .summary('paths through a machine or the whole system, as data or as a picture')
    .description(
      'Walks a machine by the events that the composed system really sends it, or the whole system, and prints the paths, the graph or a chart of it.',
    )
    .argument('[machine]', 'claim, node, watcher, any other machine or instance, or cluster for all of them together')
    .addOption(new Option('--kind <kind>', 'which paths; shortest if not given').choices(kinds))
    .addOption(new Option('--cover <what>', 'paths that together take every transition').choices(['transitions']))
    .addOption(new Option('--as <shape>', 'what is printed; see below').choices(shapes))
    .addOption(new Option('--format <format>', 'how it is printed; text if not given').choices(formats))
    .option('--json', 'the same as --format json')
    .option('--project <names>', 'cluster only: see it through one machine, or two with a comma between them')
    .option('--limit <n>', 'stop at so many states, or simple paths, and say so', whole(1))
    .option('--design <name|file>', 'a release, a proposal or a JSON file', defaultDesigns.at(-1) ?? '')
    .option('--scope <name|file>', 'a default scope or a JSON file (default: node-collected, happy-path for cluster)')
    .option('--faults <n>', "how many faults may happen; the top of the scope's ladder if not given", whole(0))
    .option('--out <file>', 'write it to a file instead')
    .addHelpText(
      'after',
      `
Shapes:
  paths  text and json: the paths, in json with the graph that they go through
  chart  pictures: a box for each leaf state of each region, whatever is held beside it (mermaid, dot and svg if not given)
  graph  pictures: a box for each state with all it holds (graphml and aut if not given)
  table-tests  json: tests of an Unpublish for a Go table test in Nomad, of a release; without a machine.
         Cases that start in every way and take every step; every field of claimcheck/table-tests@1

Paths:
  --kind shortest      one shortest path to every state
  --kind simple        every path that passes no state twice
  --cover transitions  as few paths as can take every transition, and of those as few steps as can; both are exact

A machine alone can take steps that no run of the scope takes: json names who sends each step, pictures draw those grey.
With --project the paths are shortest runs of the whole system, by the explorer, to every local state of one machine or
to every pair of local states of two. Machines: claim, node, watcher, ...; an instance is named as in a trace: "node n1".

Examples:
  claimcheck paths claim --format svg --out claim.svg
  claimcheck paths unpublish --cover transitions
  claimcheck paths cluster --scope node-collected --project claim,watcher --json
  claimcheck paths node --as graph --format aut
  claimcheck paths --as table-tests --design nomad-1.9.7 --out unpublish.json

Exit: 0 once printed, 2 wrong use or bad input.`,
    )
    .action(async (given: string | undefined, options: PathsOptions) => {
      if (options.as === 'table-tests') {
        printTable(given, options, stage);
        end(exits.kept);
        return;
      }
      const machine = given ?? missingMachine();
      const format = formatOf(options);
      refuseContradictions(machine, options, format);
      if (options.out !== undefined) checkWritable(options.out);
      const scope = givenScope(
        options.scope ?? (machine === 'cluster' && options.project === undefined ? 'happy-path' : 'node-collected'),
      ).value;
      const lines = followLines<number>(1, stage, (states, _, elapsedMs) => {
        const perSecond = elapsedMs > 0 ? `, ${grouped(Math.round((states * 1000) / elapsedMs))} a second` : '';
        return `${machine} in ${scope.name}: ${grouped(states)} states${perSecond}`;
      });
      try {
        const found = findPaths(
          {
            of: machine,
            kind: options.cover === undefined ? (options.kind ?? 'shortest') : 'cover',
            design: givenDesign(options.design).value,
            scope,
            faults: options.faults ?? scope.topFaults,
            ...(options.project !== undefined && { project: options.project }),
            ...(options.limit !== undefined && { limit: options.limit }),
          },
          { now: stage.now, heard: lines.heard },
        );
        const text = await rendered(found, format, options.as, stage);
        lines.end();
        hand(text, options.out, stage);
        if (found.stopped !== null) stage.err(`claimcheck: not complete: ${found.stopped}\n`);
      } finally {
        lines.end();
      }
      end(exits.kept);
    });
}

/** The table is of an Unpublish, whichever of its machines is named; its paths are a cover already. */
function printTable(machine: string | undefined, options: PathsOptions, stage: Stage): void {
  if (machine !== undefined && machine !== 'unpublish' && machine !== 'claim') {
    throw new InputError(`there are no table tests of ${machine}`, { expected: 'unpublish, claim, or no machine' });
  }
  if (options.format !== undefined && options.format !== 'json') {
    throw new InputError(`--as table-tests has no --format ${options.format}`, { expected: 'json' });
  }
  if (options.kind !== undefined || options.project !== undefined) {
    throw new InputError('table tests have no --kind and no --project', { expected: 'neither' });
  }
  if (options.out !== undefined) checkWritable(options.out);
  const scopes = (options.scope === undefined ? tableScopes : [options.scope]).map((name) => givenScope(name).value);
  const lines = followLines<number>(1, stage, (states) => `table tests: ${grouped(states)} states`);
  try {
    const { schema, ...table } = findTable(givenDesign(options.design).value, scopes, options, {
      now: stage.now,
      heard: lines.heard,
    });
    lines.end();
    hand(`${JSON.stringify({ schema, model: stage.model(), ...table }, null, 2)}\n`, options.out, stage);
    if (table.stopped !== null) stage.err(`claimcheck: not complete: ${table.stopped}\n`);
  } finally {
    lines.end();
  }
}

function missingMachine(): never {
  throw new InputError('no machine is given', { expected: 'claim, node, watcher, any other machine, or cluster' });
}

function formatOf({ format, json }: PathsOptions): Format {
  if (json && format !== undefined && format !== 'json') {
    throw new InputError(`--json and --format ${format} contradict each other`, { expected: 'one of them' });
  }
  return json ? 'json' : (format ?? 'text');
}

function refuseContradictions(machine: string, { as, kind, cover, project }: PathsOptions, format: Format): void {
  const isPicture = format !== 'text' && format !== 'json';
  if (as !== undefined && isPicture === (as === 'paths')) {
    throw new InputError(`--as ${as} has no --format ${format}`, {
      expected: as === 'paths' ? 'text or json' : 'mermaid, dot, svg, graphml or aut',
    });
  }
  if (kind !== undefined && cover !== undefined) {
    throw new InputError('--kind and --cover contradict each other', { expected: 'one of them' });
  }
  if (project === undefined) return;
  if (machine !== 'cluster') {
    throw new InputError(`--project is a view of the whole system, not of ${machine}`, { expected: 'cluster' });
  }
  if (kind === 'simple' || cover !== undefined) {
    throw new InputError('a projection has shortest paths only', { expected: '--kind shortest, and no --cover' });
  }
}

async function rendered(found: PathsFound, format: Format, as: PathsOptions['as'], stage: Stage): Promise<string> {
  const { graph, ...document } = found;
  if (format === 'json') {
    return `${JSON.stringify({ schema: 'claimcheck/paths@1', model: stage.model(), ...document }, null, 2)}\n`;
  }
  if (format === 'text') return renderPathList(document);
  const isChart = as === undefined ? !['graphml', 'aut'].includes(format) : as === 'chart';
  const { of, design, scope, faults } = document;
  const about = `${of}, ${design} in scope ${scope}, ${faultsInWords(faults)}`;
  const picture = isChart ? drawChart(graph, about) : drawGraph(graph, about);
  switch (format) {
    case 'mermaid':
      return renderStateDiagram(picture);
    case 'dot':
      return renderDot(picture);
    case 'graphml':
      return renderGraphml(picture);
    case 'svg':
      return renderSvg(notTooLarge(picture));
    case 'aut':
      return renderAldebaran(labelled(picture));
  }
}

function notTooLarge(picture: Picture): Picture {
  const { length } = picture.nodes;
  if (length <= boxesMax) return picture;
  throw new InputError(`the picture would have ${grouped(length)} boxes`, {
    expected: `at most ${boxesMax}: --as chart, --project, or --format dot for a layout of your own`,
  });
}

/** Aldebaran knows one initial state; a chart of several regions has several. */
function labelled({ nodes, initial: [initial = 0, ...others], arrows }: Picture) {
  if (others.length > 0) {
    throw new InputError('a chart of several regions has several initial states, and aut knows one', {
      expected: '--as graph',
    });
  }
  const steps = arrows.flatMap(({ from, to, labels }) => labels.map((name) => ({ from, name, to })));
  return { states: nodes.length, initial, steps };
}
