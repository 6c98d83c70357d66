// What an importer has to tell, gathered so that the same remark about many layers is one sentence.

const named = 5;

export class Notes {
  private readonly about = new Map<string, string[]>();
  private readonly plain: string[] = [];

  /** A whole sentence. */
  add(sentence: string): void {
    this.plain.push(sentence);
  }

  /** A remark about a layer, to stand after its name: `kernel_initializer left out.` */
  of(layer: string, remark: string): void {
    this.about.set(remark, [...(this.about.get(remark) ?? []), layer]);
  }

  sentences(): readonly string[] {
    return [...[...this.about].map(([remark, layers]) => `${namesOf(layers)}: ${remark}`), ...this.plain];
  }
}

function namesOf(layers: readonly string[]): string {
  const shown = layers.slice(0, named).join(', ');
  return layers.length > named ? `${shown} and ${layers.length - named} more` : shown;
}
