/** Which tiles did not come, and which of them to ask for again. Pure but for what it remembers. */

export interface TileAt {
  z: number;
  x: number;
  y: number;
}

export class Missing {
  /** By tile, in which round it failed last. */
  readonly #failed = new Map<string, { tile: TileAt; round: number }>();
  #round = 0;

  failed(tile: TileAt): void {
    this.#failed.set(keyOf(tile), { tile, round: this.#round });
  }

  came(tile: TileAt): void {
    this.#failed.delete(keyOf(tile));
  }

  get any(): boolean {
    return this.#failed.size > 0;
  }

  /**
   * Begins another round, and gives what to ask for in it. What did not fail again in the last one
   * is out of sight by now, and is forgotten.
   */
  again(): TileAt[] {
    for (const [key, { round }] of this.#failed) {
      if (round < this.#round) this.#failed.delete(key);
    }
    this.#round += 1;
    return [...this.#failed.values()].map(({ tile }) => tile);
  }
}

const keyOf = ({ z, x, y }: TileAt) => `${z}/${x}/${y}`;
