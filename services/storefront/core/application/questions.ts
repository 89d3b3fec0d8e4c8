import type { Entered, FormFault } from '#contracts/pages/storefront.ts';
import { formFaults } from '../domain/form-faults.ts';
import { questionHref } from '../domain/links.ts';
import { linkTo, SAID } from './opinions.ts';
import { framed, see, visited, visitorOf, type Outcome, type Pages, type Request } from './visited.ts';

/** What customers ask about products. */
export interface QuestionPages {
  showForm(request: Request, productId: string, notice: string | undefined): Promise<Outcome>;
  ask(request: Request, productId: string, text: string): Promise<Outcome>;
}

interface Form {
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
}

export const makeQuestionPages = (pages: Pages): QuestionPages => {
  const showForm = async (
    request: Request,
    productId: string,
    notice: string | undefined,
    form: Form,
  ): Promise<Outcome> => {
    const now = visited(pages, { ...request, path: questionHref(productId) });
    const [product, visitor] = await Promise.all([linkTo(now.shop, productId), visitorOf(now)]);
    if (!product) return undefined;
    const action = questionHref(productId);
    return framed(now, { kind: 'question-form', notice, product, action, ...form }, { visitor });
  };
  return {
    showForm: (request, productId, notice) =>
      showForm(request, productId, notice, { entered: {}, faults: [] }),
    ask: async (request, productId, text) => {
      const asked = await visited(pages, request).shop.ask(productId, text.trim());
      if (asked.ok) return see(`${questionHref(productId)}?notice=${SAID[asked.value]}`);
      const form = { entered: { text }, faults: formFaults(asked.error) };
      return showForm(request, productId, undefined, form);
    },
  };
};
