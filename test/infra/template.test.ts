/**
 * All that asks the Bicep compiler, in one file and so in one process: to start a compiler costs as much as a dozen of
 * its answers, and the second answer of its kind a third of the first.
 */
import './template/check-infra.ts';
import './template/environment.ts';
import './template/refusals.ts';
import './template/round-trip.ts';
