namespace BlueEdge.Load;

/// <summary>Keeps so many requests in flight, and measures their answers.</summary>
internal sealed class ClosedLoop(RequestTemplate template)
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    public async Task<LoadReport> RunAsync(LoadRequest request)
    {
        // Servers close connections that were idle for minutes, while others had their turns.
        List<HttpConnection> connections = [];
        try
        {
            while (connections.Count < request.InFlight)
            {
                connections.Add(await HttpConnection.OpenAsync(template.Uri));
            }

            return await RunAsync(request, connections);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private async Task<LoadReport> RunAsync(LoadRequest request, List<HttpConnection> connections)
    {
        var start = Clock.GetTimestamp();
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var left = request.Count ?? int.MaxValue;
        var total = 0;
        var times = await Task.WhenAll(connections.Select(RunOneAsync));
        double[] all = [.. times.SelectMany(each => each).Order()];
        if (all.Length == 0)
        {
            throw new LoadException("Nothing was answered in time.");
        }

        var seconds = request.Count is null ? request.Seconds : Clock.GetElapsedTime(start).TotalSeconds;
        return new(all.Length, total, all.Length / seconds, At(0.5), At(0.9), At(0.99), At(1), (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds);

        double At(double part) => all[(int)(part * (all.Length - 1))];

        async Task<List<double>> RunOneAsync(HttpConnection connection)
        {
            List<double> mine = [];
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var sent = Clock.GetElapsedTime(start).TotalSeconds;
                if (request.Count is null && sent >= request.WarmUp + request.Seconds)
                {
                    break;
                }

                var number = RequestTemplate.NextNumber();
                var (status, body) = await connection.SendAsync(template.Write(number));
                template.Check(number, status, body.Span);
                Interlocked.Increment(ref total);
                var now = Clock.GetElapsedTime(start).TotalSeconds;
                if (request.Count is not null || (now >= request.WarmUp && now < request.WarmUp + request.Seconds))
                {
                    mine.Add((now - sent) * 1000);
                }
            }

            return mine;
        }
    }
}
