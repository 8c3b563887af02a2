namespace BlueEdge.Load;

/// <summary>What a load is told to do; the loads of peers in other languages read and write the same JSON.</summary>
/// <param name="InFlight">How many requests are under way at any time: each that is answered is followed by another.</param>
/// <param name="WarmUp">Seconds before anything counts.</param>
/// <param name="Seconds">Seconds during which an answer counts.</param>
/// <param name="Count">Ends after so many requests instead, and counts them all.</param>
/// <param name="PerSecond">Sends so many a second, evenly, as far as <paramref name="InFlight"/> allows; of sockets only.</param>
public sealed record LoadRequest(int InFlight, double WarmUp, double Seconds, int? Count = null, double? PerSecond = null);
