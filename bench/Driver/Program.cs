using BlueEdge.Driver;
using BlueEdge.Driver.Cases;

// Driver ROOT CASE [--quick]; bench/run builds what it needs and starts it.
if (args is not [var root, var name, .. var rest] || rest.Any(each => each is not "--quick"))
{
    Console.Error.WriteLine("usage: bench/run CASE [--quick]");
    return 2;
}

ICase[] chosen = [.. BenchCases.All.Where(each => name is "all" || string.Equals(each.Name, name, StringComparison.Ordinal))];
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"There is no case '{name}'. There are: all, {string.Join(", ", BenchCases.All.Select(each => each.Name))}.");
    return 2;
}

return await BenchRun.RunAsync(root, chosen, isQuick: rest.Contains("--quick", StringComparer.Ordinal));
