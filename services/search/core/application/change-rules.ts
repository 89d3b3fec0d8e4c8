import type { Clock } from '#kernel/clock.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { checkRule, MOST_RULES, type InvalidRule, type Rule, type RuleContent } from '../domain/rule.ts';
import type { RuleRepository, SearchTx } from '../ports/search-tx.ts';

export type TooManyRules = Refusal<'TOO_MANY_RULES'>;
export type NotCurrent = Refusal<'RULE_NOT_FOUND' | 'PRECONDITION_FAILED'>;

type Created = Omit<Rule, 'updatedAt'> & { readonly updatedAt: string };

/** Only this use case stores outcomes under its keys. */
const recall = (kept: unknown): Rule => {
  const rule = kept as Created;
  return { ...rule, updatedAt: new Date(rule.updatedAt) };
};

export const makeCreateRule =
  (unitOfWork: UnitOfWork<SearchTx>, ids: Ids, clock: Clock) =>
  (
    content: RuleContent,
    key?: IdempotencyKey,
  ): Promise<Result<Rule, InvalidRule | TooManyRules | IdempotencyRefusal>> =>
    once(unitOfWork, key, recall, async ({ rules }): Promise<Result<Rule, InvalidRule | TooManyRules>> => {
      const checked = checkRule(content);
      if (!checked.ok) return checked;
      if ((await rules.count()) >= MOST_RULES)
        return refuse('TOO_MANY_RULES', `A shop has at most ${MOST_RULES} rules.`);
      const rule: Rule = { ruleId: ids.next(), version: 1, content, updatedAt: clock.now() };
      await rules.save(rule);
      return ok(rule);
    });

export interface ReplaceRule {
  readonly ruleId: string;
  /** The version that the change is based on; any if absent. */
  readonly basedOn: number | undefined;
  readonly content: RuleContent;
}

export const makeReplaceRule =
  (unitOfWork: UnitOfWork<SearchTx>, clock: Clock) =>
  ({ ruleId, basedOn, content }: ReplaceRule): Promise<Result<Rule, InvalidRule | NotCurrent>> =>
    unitOfWork.run(async ({ rules }) => {
      const checked = checkRule(content);
      if (!checked.ok) return checked;
      const current = await findCurrent(rules, ruleId, basedOn);
      if (!current.ok) return current;
      const rule: Rule = { ruleId, version: current.value.version + 1, content, updatedAt: clock.now() };
      await rules.save(rule);
      return ok(rule);
    });

export const makeRemoveRule =
  (unitOfWork: UnitOfWork<SearchTx>) =>
  (ruleId: string, basedOn: number | undefined): Promise<Result<undefined, NotCurrent>> =>
    unitOfWork.run(async ({ rules }) => {
      const current = await findCurrent(rules, ruleId, basedOn);
      if (!current.ok) return current;
      await rules.remove(current.value);
      return ok(undefined);
    });

const findCurrent = async (
  rules: RuleRepository,
  ruleId: string,
  basedOn: number | undefined,
): Promise<Result<Rule, NotCurrent>> => {
  const rule = await rules.find(ruleId);
  if (!rule) return refuse('RULE_NOT_FOUND', 'There is no such rule.');
  if (basedOn !== undefined && basedOn !== rule.version)
    return refuse('PRECONDITION_FAILED', `The rule is now at version ${rule.version}.`);
  return ok(rule);
};
