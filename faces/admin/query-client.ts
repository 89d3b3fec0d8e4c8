import { QueryClient } from '@tanstack/react-query';
import { ShopError } from './api.ts';

const TRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      networkMode: 'always', // offline is an error to show, not a pause
      retry: (failures, error) => failures < TRIES && !(error instanceof ShopError && error.status < 500),
    },
    mutations: { networkMode: 'always' },
  },
});
