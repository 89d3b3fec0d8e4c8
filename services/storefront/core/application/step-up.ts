import type { FormFault } from '#contracts/pages/storefront.ts';
import { ownPath } from '#kernel/own-path.ts';
import type { Result } from '#kernel/result.ts';
import { faultOf } from '../domain/form-faults.ts';
import { hrefWith } from '../domain/links.ts';
import type { Proof } from '../ports/account.ts';
import type { Refused } from '../ports/shop.ts';
import { framed, see, visited, visitorOf, type Outcome, type Pages, type Request } from './visited.ts';

/** Customers who are logged in prove again who they are, before what concerns all of their data: those of the OIDC provider there. */
export interface StepUpPages {
  show(request: Request, returnTo: string | undefined): Promise<Outcome>;
  prove(request: Request, proof: GivenProof): Promise<Outcome>;
}

export interface GivenProof {
  readonly password: string;
  /** With a code, completes it instead. */
  readonly challenge: string;
  readonly code: string;
  readonly returnTo: string | undefined;
}

const anewAtProvider = (returnTo: string): string =>
  hrefWith('/bff/login/shop', [
    ['return_to', returnTo],
    ['max_age', '0'],
  ]);

export const makeStepUpPages = (pages: Pages): StepUpPages => {
  const show = async (
    request: Request,
    returnTo: string,
    faults: readonly FormFault[] = [],
    challenge?: string,
  ): Promise<Outcome> => {
    if (request.visit.isOfProvider) return see(anewAtProvider(returnTo));
    const now = visited(pages, request);
    const page = { kind: 'step-up', returnTo, faults, challenge } as const;
    return framed(now, page, { visitor: await visitorOf(now) });
  };
  return {
    show: (request, returnTo) => show(request, ownPath(returnTo)),
    prove: async (request, { password, challenge, code, returnTo: wanted }) => {
      const { shop } = visited(pages, request);
      const returnTo = ownPath(wanted);
      if (request.visit.isOfProvider) return see(anewAtProvider(returnTo));
      const proven: Result<Proof, Refused> =
        challenge === '' ? await shop.stepUp(password) : await shop.stepUpWithFactor(challenge, code);
      if (proven.ok) return see(returnTo, { proof: proven.value.sealed });
      const { code: refusal, challenge: next } = proven.error;
      if (refusal === 'SECOND_FACTOR_REQUIRED') return show(request, returnTo, [], next);
      return show(
        request,
        returnTo,
        [faultOf(proven.error)],
        refusal === 'WRONG_CODE' ? challenge : undefined,
      );
    },
  };
};
