using BlueEdge.Sessions.Events;

namespace BlueEdge.Gateway.Sessions.Listening;

/// <summary>News that listeners have yet to be told. All of them hold the same one, and lose it together when there are newer ones for all the room there is.</summary>
internal sealed class FeedItem(SessionNews news)
{
    private volatile SessionNews? _news = news;

    /// <summary>The news; <see langword="null"/> once they are dropped.</summary>
    public SessionNews? News => _news;

    /// <summary>About how many bytes they take.</summary>
    public int Bytes { get; } = news.EstimateBytes();

    public void Drop() => _news = null;
}
