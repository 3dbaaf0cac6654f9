/** The probability that a standard normal variable is at most `z`, to about 15 digits. */
export function normalCdf(z: number): number {
  if (z > 0) return 1 - normalCdf(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return z > -3 ? 0.5 - density * innerSeries(-z) : density / tailFraction(-z);
}

/** z + z³/3 + z⁵/(3·5) + …: multiplied by the density, the area from 0 to `z`. */
function innerSeries(z: number): number {
  let [sum, term] = [0, z];
  for (let odd = 3; sum + term !== sum; odd += 2) {
    sum += term;
    term *= (z * z) / odd;
  }
  return sum;
}

/** z + 1/(z + 2/(z + 3/…)): the density divided by it is the area beyond `z`. */
function tailFraction(z: number): number {
  let fraction = z;
  for (let depth = 100; depth >= 1; depth -= 1) fraction = z + depth / fraction;
  return fraction;
}

/** The `z` below which a standard normal variable stays with this probability, between 0 and 1. */
export function normalQuantile(probability: number): number {
  let [low, high] = [-40, 40];
  // Halved until no number lies between the two.
  for (let middle = 0; middle !== low && middle !== high; middle = (low + high) / 2) {
    if (normalCdf(middle) < probability) low = middle;
    else high = middle;
  }
  return high;
}
