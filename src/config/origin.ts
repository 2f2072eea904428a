// Where the value of a setting came from.

export type Origin = { readonly from: 'flag' | 'default' } | { readonly from: 'environment' | 'profile' | 'file'; readonly name: string };

export interface Value {
  readonly text: string;
  readonly origin: Origin;
}

/** "flag", "environment DM_MASTER_ADDR", "profile prod", "file /home/me/dmctl.toml", "default". */
export function originText(origin: Origin): string {
  return 'name' in origin ? `${origin.from} ${origin.name}` : origin.from;
}
