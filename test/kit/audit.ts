import { loadSpec, operationsOf } from '#adapters/http/spec.ts';
import type { ServiceModule } from '#adapters/service/module.ts';
import type { TestToolbox } from './toolbox.ts';

/** The operations of a service with `x-audit`, by name. */
export const auditedOperations = ({ spec }: Pick<ServiceModule, 'spec'>): readonly string[] =>
  operationsOf(loadSpec(spec))
    .filter(({ operation }) => operation['x-audit'] !== undefined)
    .map(({ operation }) => operation.operationId)
    .sort();

/** The acts of staff that a service has announced, as far as tests compare them. */
export const actsIn = async ({ audited }: Pick<TestToolbox, 'audited'>) =>
  (await audited()).map(({ payload: { operation, subject, before, after } }) => ({
    did: `${operation}: ${subject.kind}`,
    before,
    after,
  }));

/** The operations that the acts are of, each once, by name. */
export const operationsIn = async ({ audited }: Pick<TestToolbox, 'audited'>): Promise<readonly string[]> =>
  [...new Set((await audited()).map(({ payload }) => payload.operation))].sort();
