import * as v from 'valibot';
import { said, Text, Whole } from './said.ts';

/** How much of one part of the model was exercised. */
export const CoveragePart = v.strictObject({
  of: said(Whole, 'How many there are.'),
  missed: said(v.array(Text), 'Those that no world exercised, by name.'),
});

const Missed = v.strictObject({
  part: said(v.picklist(['actions', 'states', 'guards']), 'What it is.'),
  name: said(Text, 'Its name.'),
  designs: said(v.array(Text), 'The designs judged that have it.'),
  shownIn: said(
    v.nullable(
      v.strictObject({
        design: said(Text, 'The design.'),
        scope: said(Text, 'The scope.'),
        faults: said(Whole, 'The rung of its ladder of faults.'),
      }),
    ),
    'A world that shows it; null where none is known.',
  ),
  because: said(v.nullable(Text), 'Why no scope can show it; null where that is not so.'),
});

/** What `check --coverage` adds to a report. */
export const Coverage = v.strictObject({
  actions: said(CoveragePart, 'Actions: whether some world takes it.'),
  states: said(CoveragePart, 'States of the machines: whether some world reaches it.'),
  guards: said(CoveragePart, 'Guards of the machines, each once for either answer.'),
  missed: said(v.array(Missed), 'Each of those that were missed.'),
  unfinished: said(
    v.array(v.strictObject({ design: said(Text, 'The design.'), scope: said(Text, 'The scope.') })),
    'Worlds that a limit ended: what they exercise is not counted.',
  ),
});
