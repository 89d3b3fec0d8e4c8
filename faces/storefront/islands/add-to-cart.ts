import { fieldsOf } from './forms.ts';
import { sendAdded } from './report.ts';
import { announce, showVisitor } from './visitor.ts';

const noticeIn = (html: string): Element | null =>
  new DOMParser().parseFromString(html, 'text/html').querySelector('main .notice');

/** Adds to the cart without leaving the page, and says how that went. */
export const addToCart = (element: HTMLElement): void => {
  if (!(element instanceof HTMLFormElement)) return;
  const button = element.querySelector('button');
  let isSent = false;
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isSent) return;
    isSent = true;
    const text = button?.textContent ?? '';
    if (button) button.textContent = element.dataset['busy'] ?? text;
    void post(element).finally(() => {
      isSent = false;
      if (button) button.textContent = text;
    });
  });
};

const post = async (form: HTMLFormElement): Promise<void> => {
  const body = new URLSearchParams(fieldsOf(form));
  const response = await fetch(form.action, { method: 'POST', body }).catch(() => undefined);
  const notice = response?.ok === true ? noticeIn(await response.text()) : null;
  if (!notice) {
    location.assign('/cart'); // which shows whether it was added
    return;
  }
  if (notice.classList.contains('good')) sendAdded(new FormData(form).get('product_id'));
  const earlier = form.nextElementSibling;
  if (earlier?.matches('.notice') === true) earlier.remove();
  const link = document.createElement('a');
  link.href = '/cart';
  link.textContent = document.querySelector('a[href="/cart"] .visitor-text')?.textContent ?? '';
  notice.removeAttribute('role');
  notice.append(' ', link);
  form.after(notice);
  announce(notice.textContent);
  await showVisitor();
};
