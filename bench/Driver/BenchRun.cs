using BlueEdge.Driver.Cases;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;

namespace BlueEdge.Driver;

/// <summary>Runs cases one after the other; one that cannot be measured does not keep the others from it.</summary>
internal static class BenchRun
{
    public static async Task<int> RunAsync(string root, IReadOnlyList<ICase> cases, bool isQuick)
    {
        var failed = 0;
        foreach (var each in cases)
        {
            var machine = Machine.Describe(root);
            await using var place = new Workplace(root, isQuick);
            try
            {
                var figures = await each.RunAsync(place);
                var section = new CaseSection(each, figures, place.Rounds, isQuick, machine, place.Notes);
                section.Print(Console.Out);
                ResultsFile.Put(root, section);
            }
            catch (BenchException error)
            {
                failed++;
                place.KeepLogs();
                Console.Error.WriteLine($"{each.Name} could not be measured: {error.Message} The logs are in {place.Folder}.");
            }
        }

        return failed == 0 ? 0 : 1;
    }
}
