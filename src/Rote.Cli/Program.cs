Console.WriteLine("rote");
