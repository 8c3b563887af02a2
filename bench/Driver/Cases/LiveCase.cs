using BlueEdge.Driver.Measuring;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;
using BlueEdge.Load.Sockets;

namespace BlueEdge.Driver.Cases;

/// <summary>How long an item is under way, and how many are, by sockets of live sessions.</summary>
internal sealed class LiveCase : ICase
{
    private const int Many = 100;

    /// <summary>What one socket has under way: as much as a gateway gives credit for.</summary>
    private const int OfOne = 256;

    /// <summary>What each of many has.</summary>
    private const int OfEach = 16;
    private const int ItemsPerSecond = 200;
    private const int PicturesPerSecond = 2_000;

    public string Name => "live";

    public string Description =>
        $"Items of 1 KB that a client writes to a live session by a socket, which a `relay` passes on and which come back by the same socket; embedded mode. Against a bare Kestrel that sends back what comes by a WebSocket, and stores nothing: ours are durable before an engine has them. One socket has {OfOne} items under way, each of {Many} has {OfEach}, and a session of its own. And pictures of 640x480 in JPEG from an engine to one listener of a channel that is not kept: of {PicturesPerSecond} a second that are written, so many are heard.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        var (silo, address) = await place.StartSiloAsync("blueedge", "BenchEngines");
        using var sessions = new SessionClient(address);
        var (kestrel, echo) = await place.StartKestrelAloneAsync();
        var (one, oneEcho) = (await place.StartRelayedAsync(silo, sessions, 1), await place.StartEchoedAsync(kestrel, echo, 1));
        var (many, manyEcho) = (await place.StartRelayedAsync(silo, sessions, Many), await place.StartEchoedAsync(kestrel, echo, Many));

        var paced = await place.TakePacedTurnsAsync(OfOne, ItemsPerSecond, one, oneEcho);
        var alone = await place.TakeTurnsAsync(OfOne, one, oneEcho);
        var together = await place.TakeTurnsAsync(OfEach * Many, many, manyEcho);
        var pictures = await ListenAsync(place, sessions);
        return
        [
            Figure.Of($"item p50 ms at {ItemsPerSecond}/s", new(3, IsAtLeast: false, IsOfOurs: true), paced[one].Select(turn => turn.Load.P50), paced[oneEcho].Select(turn => turn.Load.P50)),
            Figure.Of($"item p99 ms at {ItemsPerSecond}/s", new(15, IsAtLeast: false, IsOfOurs: true), paced[one].Select(turn => turn.Load.P99), paced[oneEcho].Select(turn => turn.Load.P99)),
            Figure.Of("items/s on one socket, against Kestrel's echo", new(0.4, IsAtLeast: true), alone[one].Select(PerSecond), alone[oneEcho].Select(PerSecond)),
            Figure.Of($"items/s on {Many} sockets, against Kestrel's echo", new(0.4, IsAtLeast: true), together[many].Select(PerSecond), together[manyEcho].Select(PerSecond)),
            Figure.Of("servers' CPU ms an item on one socket", null, alone[one].Select(turn => turn.CpuMillisecondsEach), alone[oneEcho].Select(turn => turn.CpuMillisecondsEach)),
            Figure.Of($"servers' CPU ms an item on {Many} sockets", null, together[many].Select(turn => turn.CpuMillisecondsEach), together[manyEcho].Select(turn => turn.CpuMillisecondsEach)),
            Figure.Of("pictures/s to a listener", null, pictures),
        ];
    }

    private static double PerSecond(Turn turn) => turn.Load.PerSecond;

    private static async Task<IReadOnlyList<double>> ListenAsync(Workplace place, SessionClient sessions)
    {
        var file = Path.Combine(place.Folder, "picture.jpg");
        using var film = await FilmListener.OpenAsync(await sessions.StartAsync(Workplace.Body("film")));
        await film.RunAsync(file, (int)(PicturesPerSecond * place.FirstWarmUp / 4), PicturesPerSecond);
        var (rounds, missed) = (new List<double>(), 0L);
        for (var round = 0; round < place.Rounds; round++)
        {
            var (perSecond, gap) = await film.RunAsync(file, (int)(PicturesPerSecond * place.Seconds), PicturesPerSecond);
            rounds.Add(perSecond);
            missed += gap;
            Workplace.Say(FormattableString.Invariant($"pictures, round {round + 1}: {perSecond:N0}/s, {gap} missed"));
        }

        place.Notes.Add(FormattableString.Invariant($"A picture has {new FileInfo(file).Length / 1024} KB; of {PicturesPerSecond * place.Seconds * place.Rounds:N0} written the listener missed {missed:N0}, and was told so."));
        return rounds;
    }
}
