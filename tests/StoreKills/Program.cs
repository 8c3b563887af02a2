using System.Globalization;
using BlueEdge.StoreKills;

// StoreKills [ROUNDS [SEED]], or, for itself: StoreKills child FILE SEED.
if (args is ["child", var path, var own])
{
    await Child.RunAsync(path, ulong.Parse(own, CultureInfo.InvariantCulture));
    return 0;
}

var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000;
var seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : (ulong)Random.Shared.Next();
Console.WriteLine($"{rounds} rounds, seed {seed}");
var killer = new Killer(seed, Console.WriteLine);
var fault = await killer.RunAsync(rounds);
Console.WriteLine(fault ?? "Every answered step was there, and of no other a part.");
return fault is null ? 0 : 1;
