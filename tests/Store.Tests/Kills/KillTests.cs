using BlueEdge.StoreKills;

namespace BlueEdge.Store.Tests.Kills;

public sealed class KillTests
{
    private const int Rounds = 300;

    /// <summary>The seed is told, and BLUEEDGE_TEST_SEED sets it; more rounds: <c>dotnet BlueEdge.StoreKills.dll ROUNDS SEED</c>.</summary>
    [Fact]
    public async Task Whenever_the_process_is_killed_every_answered_write_is_there_and_of_no_other_a_part()
    {
        var seed = Environment.GetEnvironmentVariable("BLUEEDGE_TEST_SEED") is { Length: > 0 } given
            ? ulong.Parse(given, System.Globalization.CultureInfo.InvariantCulture)
            : (ulong)Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");

        Assert.Null(await new Killer(seed, _ => { }).RunAsync(Rounds));
    }
}
