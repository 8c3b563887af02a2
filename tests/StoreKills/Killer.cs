using System.Diagnostics;

namespace BlueEdge.StoreKills;

/// <summary>
/// Rounds of writing, killing and comparing. In most rounds the child is frozen at a random moment and its files are copied, which
/// is what SIGKILL leaves, and takes milliseconds; in the others it is killed, or told to stop, and started anew on the same file.
/// </summary>
internal sealed class Killer(ulong seed, Action<string> tell)
{
    private const int RoundsPerLife = 40;
    private const int LivesPerFile = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Dice _dice = new(seed);
    private ulong _lives = seed << 20;

    public int Kills { get; private set; }

    public int Terms { get; private set; }

    public long Answers { get; private set; }

    /// <returns>What was found wrong, or <see langword="null"/>.</returns>
    public async Task<string?> RunAsync(int rounds)
    {
        for (var done = 0; done < rounds;)
        {
            var folder = Directory.CreateTempSubdirectory("blueedge-kills-").FullName;
            var path = Path.Combine(folder, "store.db");
            List<Generation> former = [];
            for (var life = 0; life < LivesPerFile && done < rounds; life++)
            {
                var lasts = Math.Min(1 + _dice.Below(RoundsPerLife * 2), rounds - done);
                if (await LiveAsync(path, lasts, former) is { } fault)
                {
                    return $"After {done} rounds of seed {seed}, in {folder}: {fault}";
                }

                done += lasts;
                tell($"{done} rounds, {Kills} kills, {Terms} stops, {Answers} answers");
            }

            Directory.Delete(folder, recursive: true);
        }

        return null;
    }

    private async Task<string?> LiveAsync(string path, int rounds, List<Generation> former)
    {
        var generation = new Generation(++_lives);
        using var answers = new Answers(path);
        answers.Clear();
        using var child = Victim.Start(path, _lives);
        for (var waited = Stopwatch.StartNew(); answers.Read().Sum() == 0 && !child.HasEnded;)
        {
            if (waited.Elapsed > Patience)
            {
                return "the child wrote nothing.";
            }

            await Task.Delay(5);
        }

        for (var round = 1; round < rounds && !child.HasEnded; round++)
        {
            await Task.Delay(_dice.Below(12));
            child.Freeze();
            generation.Advance(answers.Read());
            var copy = Copy(path);
            child.Thaw();
            if (await CompareAsync(copy, generation, isOver: false) is { } fault)
            {
                return fault;
            }

            Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true); // In a folder of its own.
        }

        if (child.HasEnded)
        {
            return "the child ended by itself; its error is above.";
        }

        await Task.Delay(_dice.Below(30));
        var isTerm = _dice.Below(5) == 0;
        await child.EndAsync(isTerm ? Victim.Term : Victim.Kill);
        (Kills, Terms) = isTerm ? (Kills, Terms + 1) : (Kills + 1, Terms);
        generation.Advance(answers.Read());
        Answers += generation.Answers;
        foreach (var earlier in former)
        {
            if (await CompareAsync(path, earlier, isOver: true) is { } lost)
            {
                return $"of a life before: {lost}";
            }
        }

        former.Add(generation);
        return await CompareAsync(path, generation, isOver: true);
    }

    private static async Task<string?> CompareAsync(string path, Generation generation, bool isOver)
    {
        using var stores = new StoresUnderTest(path);
        return await generation.FindFaultAsync(stores, isOver);
    }

    private static string Copy(string path)
    {
        var copy = Path.Combine(Directory.CreateTempSubdirectory("blueedge-frozen-").FullName, "store.db");
        foreach (var end in new[] { "", "-wal" })
        {
            if (File.Exists(path + end))
            {
                File.Copy(path + end, copy + end);
            }
        }

        return copy;
    }
}
