import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface ViewsProps<View extends string> {
  readonly label: string;
  readonly views: readonly { readonly view: View; readonly label: string }[];
  readonly current: View;
  /** The search parameters of a view. */
  readonly searchOf: (view: View) => Readonly<Record<string, unknown>>;
}

/** The views of a list as tabs; each is a link, because a view is its URL. */
export const Views = <View extends string>({
  label,
  views,
  current,
  searchOf,
}: ViewsProps<View>): ReactNode => (
  <nav className="views" aria-label={label}>
    {views.map((one) => (
      <Link
        key={one.view}
        to="."
        search={searchOf(one.view)}
        activeOptions={{ exact: true, includeSearch: true }}
        aria-current={one.view === current ? 'page' : undefined}
      >
        {one.label}
      </Link>
    ))}
  </nav>
);
