import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface ViewsProps<View extends string> {
  readonly label: string;
  readonly views: readonly {
    readonly view: View;
    readonly label: string;
    /** How many there are, as it is shown; absent while it is not known. */
    readonly count?: string | undefined;
  }[];
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
    {views.map(({ view, label: name, count }) => (
      <Link
        key={view}
        to="."
        search={searchOf(view)}
        activeOptions={{ exact: true, includeSearch: true }}
        aria-current={view === current ? 'page' : undefined}
      >
        {name}
        {count !== undefined && <span className="views-count">{count}</span>}
      </Link>
    ))}
  </nav>
);
