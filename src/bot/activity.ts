import * as z from 'zod/mini';

const text = z.optional(z.nullable(z.string()));
const account = z.looseObject({ id: text, name: text, aadObjectId: text });

/** What we rely on in an activity. Everything else passes through unlooked at. */
const activitySchema = z.looseObject({
  type: z.string(),
  id: text,
  channelId: text,
  serviceUrl: text,
  conversation: z.optional(z.nullable(z.looseObject({ id: text, tenantId: text, conversationType: text }))),
  from: z.optional(z.nullable(account)),
  recipient: z.optional(z.nullable(account)),
  channelData: z.optional(z.nullable(z.looseObject({}))),
});

export type IncomingActivity = z.infer<typeof activitySchema>;

/** An activity as it came over the wire, or null when this is none. */
export function parseActivity(body: string): IncomingActivity | null {
  try {
    const parsed = activitySchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
