namespace BlueEdge.Clustering;

/// <summary>Names of a cluster's topics in Kafka.</summary>
public static class TopicNames
{
    /// <summary>A cluster's topic for something. Topics have fewer letters than ServiceIds; others are written as their numbers.</summary>
    public static string Of(string serviceId, string what) =>
        string.Concat(serviceId.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter.ToString() : $".{(int)letter:x}.")) + $"-{what}";
}
