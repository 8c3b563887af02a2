using System.Runtime.ExceptionServices;
using BlueEdge.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace BlueEdge.Grains.Storage;

/// <summary>
/// Stands at the border of every grain: what leaves it can be read by whoever called. Errors of a store become
/// <see cref="StoreUnavailableException"/>, and what cannot be serialised, with all that it has inside, is told of in words.
/// </summary>
internal sealed partial class GrainErrors(IEnumerable<IStoreErrors> stores, Serializer<Exception> serializer, ILogger<GrainErrors> logger)
    : IIncomingGrainCallFilter
{
    private const int LongestSaid = 300;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception error) when (Translate(error) is { } other)
        {
            ExceptionDispatchInfo.Throw(other);
        }
    }

    /// <summary>What to throw in place of the error, or <see langword="null"/> where it can leave as it is.</summary>
    public Exception? Translate(Exception error)
    {
        if (Find(error) is { } unavailable)
        {
            return ReferenceEquals(unavailable, error) && CanLeave(error) ? null : unavailable;
        }

        if (CanLeave(error))
        {
            return null;
        }

        if (NotNow(error) is { } late)
        {
            LogNotNow(Said(late));
            return late;
        }

        LogStranger(error, error.GetType().FullName);
        return new BlueEdgeException(error is BlueEdgeException ? error.Message : $"{error.GetType().FullName}: {Said(error)}");
    }

    /// <summary>What only came too late, or met a silo that goes, stays that for its caller, who asks again; or <see langword="null"/>.</summary>
    private static Exception? NotNow(Exception error)
    {
        for (var each = error; each is not null; each = each.InnerException)
        {
            if (each is OrleansException)
            {
                return new OrleansException(Said(error));
            }

            if (each is TimeoutException or OperationCanceledException)
            {
                return new TimeoutException(Said(error));
            }
        }

        return null;
    }

    private static string Said(Exception error) => error.Message.Length <= LongestSaid ? error.Message : $"{error.Message.AsSpan(0, LongestSaid)}…";

    private StoreUnavailableException? Find(Exception error)
    {
        for (var each = error; each is not null; each = each.InnerException)
        {
            if (each is StoreUnavailableException known)
            {
                return CanLeave(known) ? known : new(known.Message);
            }

            if (stores.Select(store => store.Explain(each)).FirstOrDefault(said => said is not null) is { } explanation)
            {
                LogStore(explanation, Said(each));
                return new($"{explanation} Whether the call had an effect is not known; it may be sent again soon.");
            }
        }

        return null;
    }

    /// <summary>Tries it: an exception may carry anything, inside it or as its data.</summary>
    private bool CanLeave(Exception error)
    {
        try
        {
            serializer.SerializeToArray(error);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A call failed for its store. {Explanation} It said: {Said}")]
    private partial void LogStore(string explanation, string said);

    [LoggerMessage(LogLevel.Warning, "A call was not answered in time, or met a silo that goes. It said: {Said}")]
    private partial void LogNotNow(string said);

    [LoggerMessage(LogLevel.Error, "A call failed with {Type}, which cannot be sent to its caller as it is")]
    private partial void LogStranger(Exception error, string? type);
}
