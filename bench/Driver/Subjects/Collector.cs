using System.Collections.Concurrent;
using System.Net;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>Takes what is exported by OTLP over HTTP, and keeps nothing but its size.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private Task _taking = Task.CompletedTask;
    private long _bytes;

    public required string Address { get; init; }

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How often a path was called.</summary>
    public long Of(string path) => _calls.GetValueOrDefault(path);

    public static Collector Start()
    {
        var collector = new Collector { Address = $"http://127.0.0.1:{Workplace.FreePort()}" };
        collector._listener.Prefixes.Add(collector.Address + "/");
        collector._listener.Start();
        collector._taking = collector.TakeAsync();
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _taking;
    }

    private async Task TakeAsync()
    {
        var buffer = new byte[64 * 1024];
        while (_listener.IsListening)
        {
            try
            {
                var call = await _listener.GetContextAsync();
                for (int read; (read = await call.Request.InputStream.ReadAsync(buffer)) > 0;)
                {
                    Interlocked.Add(ref _bytes, read);
                }

                _calls.AddOrUpdate(call.Request.Url!.AbsolutePath, 1, (_, count) => count + 1); // A call that was taken has an address.
                call.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // Closed, or the caller is gone.
            }
        }
    }
}
