import { operationsOf, type Operation, type Spec } from '#adapters/http/spec.ts';

const EVERYONE = 'Everyone';
const GUEST_OR_USER = 'A user, or a guest with the token of the resource';
const SIGNED_IN = 'Signed-in users, each for what is theirs; staff as the service decides';
/** Reading order; staff roles and services follow by name. */
const FIRST = [EVERYONE, GUEST_OR_USER, SIGNED_IN];

/** The kinds of caller that an operation lets in, by its `security` and, of services, its `x-consumers`. */
const callersOf = ({ security = [], 'x-consumers': consumers = [] }: Operation): readonly string[] => {
  if (security.length === 0) return [EVERYONE];
  if (security.some((way) => Object.keys(way).length === 0)) return [GUEST_OR_USER];
  return security.flatMap(({ bearer, service = [] }) => [
    ...(bearer?.length === 0 ? [SIGNED_IN] : (bearer ?? []).map((role) => `Staff: ${role}, admin`)),
    ...service.flatMap((scope) => consumers.map((consumer) => `Service ${consumer}, with ${scope}`)),
  ]);
};

/** How long ago the caller may have proved who they are. */
const provenIn = ({ 'x-step-up': seconds }: Operation): string =>
  seconds === undefined ? '' : ` (login or step-up within ${seconds / 60} minutes)`;

const rank = (caller: string): string => {
  const index = FIRST.indexOf(caller);
  return index < 0 ? `9${caller}` : String(index);
};

/**
 * Who may call what, as Markdown: a heading for each kind of caller, an operation per line.
 * @param specs the services' OpenAPI files
 */
export const accessTable = (specs: readonly Spec[]): string => {
  const lines = new Map<string, string[]>();
  for (const spec of specs)
    for (const { method, path, operation } of operationsOf(spec))
      for (const caller of callersOf(operation)) {
        const line = `- \`${method.toUpperCase()} ${path}\` ${operation.summary ?? ''}${provenIn(operation)}`;
        lines.set(caller, [...(lines.get(caller) ?? []), line]);
      }
  const callers = [...lines.keys()].sort((a, b) => rank(a).localeCompare(rank(b)));
  return callers.map((caller) => `## ${caller}\n\n${lines.get(caller)?.join('\n')}\n`).join('\n');
};
