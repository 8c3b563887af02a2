using System.Globalization;

namespace BlueEdge.Scheduling.Benchmarks;

/// <summary>Measures how much memory the model keeps for each session that waits.</summary>
internal static class Footprint
{
    public static void Print(TextWriter output)
    {
        output.WriteLine("| Pending | When | Bytes a session |");
        output.WriteLine("|--------:|------|----------------:|");
        foreach (var pending in (int[])[1_000, 100_000, 1_000_000])
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var domain = new BusyDomain(pending);
            Report("filled");
            for (var i = 0; i < 2 * pending; i++)
            {
                domain.Turn();
            }

            Report("after twice as many starts");
            GC.KeepAlive(domain);

            void Report(string when)
            {
                var used = GC.GetTotalMemory(forceFullCollection: true) - before;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {pending:N0} | {when} | {(double)used / pending:N1} |"));
            }
        }
    }
}
