import type { TestProject } from 'vitest/node';
import { createTables } from '../sandbox/tables.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the table service that all test files of a run share; use table names of your own. */
    tablesConnectionString: string;
  }
}

/** Starts one table service for the whole run; vitest calls what this returns when the run ends. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tables = await createTables();
  project.provide('tablesConnectionString', tables.connectionString);
  return () => tables.close();
}
