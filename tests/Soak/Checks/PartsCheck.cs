using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>A part of ours that is told to stop ends, and none ends by itself: one that hung and was declared dead begins anew in its process.</summary>
internal static class PartsCheck
{
    public static IEnumerable<Violation> Find(SoakHistory history) => history.Outages
        .Where(end => end.Role is not ("redis" or "kafka") && end.Fault is (Outage.DidNotStop or Outage.EndedByItself))
        .Select(end => new Violation("parts", end.Began, $"{end.Part} {end.Fault} at about {end.Began.TotalSeconds:0.0} s. Its log may say why."));
}
