/** Oxlint's rules have no `no-restricted-syntax`: this is ESLint's, a report for each node that a selector matches. */
interface Restriction {
  readonly selector: string;
  readonly message: string;
}

interface Context {
  readonly options: readonly Restriction[];
  report(problem: { readonly node: unknown; readonly message: string }): void;
}

export default {
  meta: { name: 'shop' },
  rules: {
    'no-restricted-syntax': {
      meta: {
        schema: {
          type: 'array',
          items: {
            type: 'object',
            required: ['selector', 'message'],
            additionalProperties: false,
            properties: { selector: { type: 'string' }, message: { type: 'string' } },
          },
        },
      },
      create: (context: Context) =>
        Object.fromEntries(
          context.options.map(({ selector, message }) => [
            selector,
            (node: unknown) => context.report({ node, message }),
          ]),
        ),
    },
  },
};
