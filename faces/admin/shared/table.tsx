import { Box, type BoxProps } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';

/** The cells of plain tables with the class `table`. Mantine's own table costs 18 kB, for a scroll area that we do not use. */

export const Td = (props: BoxProps & ComponentProps<'td'>): ReactNode => <Box component="td" {...props} />;

export const Th = (props: BoxProps & ComponentProps<'th'>): ReactNode => <Box component="th" {...props} />;
