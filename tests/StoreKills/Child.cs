using System.Runtime.InteropServices;

namespace BlueEdge.StoreKills;

/// <summary>The process that is killed: its workers write until then, and count their answers where the other process sees them.</summary>
internal static class Child
{
    public const int Workers = 8;

    public static async Task RunAsync(string path, ulong seed)
    {
        using var answers = new Answers(path);
        using var stores = new StoresUnderTest(path);
        using var stopping = new CancellationTokenSource();
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stopping.Cancel();
        });
        await stores.CheckpointOftenAsync();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(number => WorkAsync(stores, new(seed, number), number, answers, stopping.Token)));
    }

    private static async Task WorkAsync(StoresUnderTest stores, Worker worker, int number, Answers answers, CancellationToken stopping)
    {
        var scheduler = stores.Schedulers.Of(worker.Domain);
        await scheduler.OpenAsync();
        for (var step = 1; !stopping.IsCancellationRequested; step++)
        {
            await worker.Next()(stores, scheduler);
            answers.Count(number);
            if (step % 100 == 0)
            {
                await stores.ShrinkAsync();
            }
        }
    }
}
