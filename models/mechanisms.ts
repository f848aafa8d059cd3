import { ofClaims } from './mechanisms/claim.ts';
import { ofCollection } from './mechanisms/collection.ts';
import { ofEarlierReleases } from './mechanisms/earlier.ts';
import { ofLeadership } from './mechanisms/leadership.ts';
import type { Mechanism } from './mechanisms/mechanism.ts';
import { ofOperators } from './mechanisms/operators.ts';
import { ofUnpublish } from './mechanisms/unpublish.ts';
import { ofWatchers } from './mechanisms/watcher.ts';

/** The sections of server.md that mechanisms are from, with what each is about. */
export const sections: readonly (readonly [section: string, about: string])[] = [
  ['2', 'Claiming a volume'],
  ['2.1', "The provider's name of a node"],
  ['2.2', 'A claim that is tried again'],
  ['2.3', "The client's hook"],
  ['3', 'Releasing a claim'],
  ['3.1', 'The steps of an Unpublish'],
  ['3.2', 'The node step'],
  ['3.3', 'The controller step'],
  ['3.4', 'One controller call at a time'],
  ['3.5', 'What a checkpoint keeps and drops'],
  ['4.1', 'The goroutine over all watchers'],
  ['4.2', "One volume's watcher"],
  ['4.3', 'What is tried again after an error'],
  ['4.4', 'Notices that are lost or doubled'],
  ['4.5', 'Two releases of one claim'],
  ['5.1', 'Intervals and ages'],
  ['5.2', 'Claims that are collected'],
  ['5.3', 'Plugins that are collected'],
  ['5.4', 'Nodes that are collected'],
  ['5.5', 'Records that are collected'],
  ['5.6', 'Everything collected at once'],
  ['5.7', 'Silent nodes'],
  ['5.8', 'A lost node from beginning to end'],
  ['6', 'A change of leaders'],
  ['7', "Operators' commands"],
];

/** Every mechanism of sections 2 to 7 of server.md: where the model has it, or why it leaves it out. */
export const mechanisms: readonly Mechanism[] = [
  ...ofClaims,
  ...ofUnpublish,
  ...ofWatchers,
  ...ofCollection,
  ...ofLeadership,
  ...ofOperators,
  ...ofEarlierReleases,
];
