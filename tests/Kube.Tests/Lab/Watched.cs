using System.Text.Json;

namespace BlueEdge.Kube.Tests.Lab;

/// <summary>The objects of one kind in a namespace as they are now, and each change as it comes.</summary>
public sealed class Watched : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonElement> _objects = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly KubeApi _api;
    private readonly string _path;
    private readonly Task _watching;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Watched(KubeApi api, string path)
    {
        (_api, _path) = (api, path);
        _watching = WatchAsync();
    }

    /// <summary>What is told of each object that came, changed or went.</summary>
    public Action<JsonElement>? Changed { get; set; }

    public IReadOnlyList<JsonElement> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _objects.Values];
            }
        }
    }

    /// <summary>Waits until the objects are so; what the condition gave for them.</summary>
    public async Task<T> UntilAsync<T>(string what, TimeSpan atMost, Func<IReadOnlyList<JsonElement>, T?> find)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(atMost);
        while (true)
        {
            Task next;
            lock (_lock)
            {
                next = _changed.Task;
            }

            if (find(All) is { } found)
            {
                return found;
            }

            try
            {
                await next.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException late) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"Not within {atMost}: {what}. There are: {string.Join("; ", All.Select(Show))}.", late);
            }
        }
    }

    /// <summary>Waits until the objects are so.</summary>
    public Task UntilAsync(string what, TimeSpan atMost, Func<IReadOnlyList<JsonElement>, bool> isSo) =>
        UntilAsync(what, atMost, objects => isSo(objects) ? objects : null);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private static string Show(JsonElement one) =>
        $"{one.GetProperty("metadata").GetProperty("name")} {(one.TryGetProperty("status", out var status) && status.TryGetProperty("phase", out var phase) ? phase : "")}{(Pod.IsReady(one) ? " ready" : "")}{(Pod.IsLeaving(one) ? " leaving" : "")}";

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            // The server ends a watch after some minutes; the next begins with all objects again.
            try
            {
                using var reader = await _api.WatchAsync(_path, _end.Token);
                HashSet<string> initial = new(StringComparer.Ordinal);
                var isInitial = true;
                while (await reader.ReadLineAsync(_end.Token) is { } line)
                {
                    var change = JsonDocument.Parse(line).RootElement;
                    Take(change.GetProperty("type").GetString()!, change.GetProperty("object"), initial, ref isInitial); // A watch says so of each.
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, _end.Token);
            }
        }
    }

    private void Take(string type, JsonElement item, HashSet<string> initial, ref bool isInitial)
    {
        lock (_lock)
        {
            if (type is "BOOKMARK")
            {
                foreach (var gone in isInitial ? _objects.Keys.Except(initial, StringComparer.Ordinal).ToList() : [])
                {
                    _objects.Remove(gone);
                }

                isInitial = false;
            }
            else if (type is "DELETED")
            {
                _objects.Remove(Pod.NameOf(item));
            }
            else
            {
                _objects[Pod.NameOf(item)] = item;
                initial.Add(Pod.NameOf(item));
            }

            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (type is not "BOOKMARK")
        {
            Changed?.Invoke(item);
        }
    }
}
